/** What the page runs. */

import { openReport } from "./page.js";

openReport(document);
