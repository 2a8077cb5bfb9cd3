import { appFolder as folderOf } from "@tesserae/shared";

/** This app's folder. */
export const appFolder = folderOf(import.meta.url);
