// What the background loads when something new has come.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { intake } from '../lib/intake.ts';
import { offerIntake } from '../lib/intake-script.ts';

export default defineUnlistedScript(() => offerIntake(intake));
