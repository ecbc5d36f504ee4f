// @ts-check
// Runs before the first paint: the language and theme that the reader chose earlier.
{
  const page = document.documentElement;
  /** @param {string} key */
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const language = stored("yuqiao.language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  page.lang = language === "zh" ? "zh-Hans" : "en";
  const theme = stored("yuqiao.theme");
  if (theme === "light" || theme === "dark") {
    page.dataset.theme = theme;
  }
}
