// Makes one case's pupils in a process of its own, so that their memory is gone before the fit: node make.mjs FOLDER STAMP COUNTRY
import { saveColumns } from "./columns.js";
import type { Country } from "./country.js";
import { generate } from "./generate.js";

const [folder, stamp, country] = process.argv.slice(2) as [string, string, string];
saveColumns(folder, generate(JSON.parse(country) as Country), stamp);
