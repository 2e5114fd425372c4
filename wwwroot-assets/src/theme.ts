// Runs before the first paint (a blocking script), so that no page flashes in the wrong theme.
import { applyTheme, followSystem } from "./theming";

applyTheme();
followSystem();
