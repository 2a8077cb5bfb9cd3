#!/usr/bin/env node
import { runProgram } from "@tesserae/shared";
import { createProgram } from "./program.js";

await runProgram(createProgram());
