// What every unit test finds: an IndexedDB in memory, there before Dexie looks for one.
import 'fake-indexeddb/auto';
