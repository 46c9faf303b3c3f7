// Ahead of all other scripts of the reader: begins to read what they paint first, while the browser still loads them.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { beginGlance } from '../lib/glance.ts';

export default defineUnlistedScript(beginGlance);
