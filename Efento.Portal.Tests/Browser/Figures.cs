namespace Efento.Portal.Tests.Browser;

/// <summary>Whether the figures of a page are whole and its texts keep to their boxes: asked in the page, in one go.</summary>
internal static class Figures
{
    /// <summary>
    /// A script that names what does not fit: the page if it scrolls sideways, each text that overhangs its box, and each text with a digit
    /// that is cut or lies over another one. Names may be cut, for they are shown whole elsewhere; what is in a part of the page that
    /// scrolls by itself can be reached.
    /// </summary>
    public const string Misfits = """
        async () => {
          // What follows the size of the window has followed it then.
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const faults = [];
          const root = document.documentElement;
          if (root.scrollWidth > innerWidth) {
            faults.push(`it scrolls sideways (${root.scrollWidth})`);
          }

          const exempt = ".visually-hidden, .off-screen, [hidden], script, style, svg, option, noscript, [data-may-be-cut]";
          const figures = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            const isSeen = parent.checkVisibility({ visibilityProperty: true, opacityProperty: true });
            if (!isSeen || !node.data.trim() || parent.closest(exempt)) {
              continue;
            }

            const overhang = overhangOf(node);
            if (overhang > 1) {
              faults.push(`"${node.data.trim().slice(0, 60)}" (${parent.className || parent.tagName}) overhangs by ${overhang} px`);
            }

            for (const match of node.data.matchAll(/[−+]?\d[\d.,:\u202f]*/g)) {
              const range = document.createRange();
              range.setStart(node, match.index);
              range.setEnd(node, match.index + match[0].length);
              const said = `"${match[0]}" of "${node.data.trim().slice(0, 60)}" (${parent.className || parent.tagName})`;
              figures.push(...[...range.getClientRects()].filter((box) => box.width > 0).map((box) => ({ box, parent, said })));
            }
          }

          // What cuts off an element, from the inside out; hundreds of figures ask for the same.
          const clips = new Map();
          const clipsOf = (element) => {
            if (!element || element === document.body) {
              return [];
            }

            if (!clips.has(element)) {
              const { overflowX, overflowY, position, clipPath } = getComputedStyle(element);
              const scrolls = [overflowX, overflowY].some((overflow) => overflow === "auto" || overflow === "scroll");
              const own = overflowX === "visible" ? [] : [element.getBoundingClientRect()];
              const isApart = position === "fixed" || position === "sticky";
              clips.set(element, scrolls || clipPath !== "none" ? [] : isApart ? own : [...own, ...clipsOf(element.parentElement)]);
            }

            return clips.get(element);
          };
          for (const { box, parent, said } of figures) {
            const isWithin = (edge) =>
              box.right <= edge.right + 1 && box.left >= edge.left - 1 && box.bottom <= edge.bottom + 4 && box.top >= edge.top - 4;
            if (!clipsOf(parent).every(isWithin)) {
              faults.push(`cut: ${said}`);
            }
          }

          figures.sort((one, other) => one.box.top - other.box.top);
          figures.forEach(({ box, said }, index) => {
            for (let next = index + 1; next < figures.length && figures[next].box.top < box.bottom - 3; next++) {
              const other = figures[next];
              const shared = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
              if (shared > 2 && !isOver(figures[index].parent, other.parent)) {
                faults.push(`${said} and ${other.said} overlap`);
              }
            }
          });
          return [...new Set(faults)].slice(0, 20);

          // By how much a text is wider than the room in its own box, or than a box around that one.
          function overhangOf(text) {
            const range = document.createRange();
            range.selectNodeContents(text);
            const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
            const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
            let isOwn = true;
            for (let around = text.parentElement; around !== document.body; around = around.parentElement) {
              const { display, overflowX, position, paddingLeft, paddingRight } = getComputedStyle(around);
              if (overflowX !== "visible") {
                return 0;
              }

              if (display !== "inline" && display !== "contents") {
                const edge = around.getBoundingClientRect();
                const [before, after] = isOwn ? [parseFloat(paddingLeft), parseFloat(paddingRight)] : [0, 0];
                const overhang = Math.round(Math.max(right - edge.right + after, edge.left + before - left));
                if (overhang > 1 || position === "absolute" || position === "fixed") {
                  return overhang;
                }

                isOwn = false;
              }
            }

            return 0;
          }

          // What floats above the page covers it on purpose.
          function isOver(one, other) {
            return layerOf(one) !== layerOf(other);
          }

          function layerOf(element) {
            for (let around = element; around; around = around.parentElement) {
              if (["fixed", "sticky"].includes(getComputedStyle(around).position)) {
                return around;
              }
            }

            return null;
          }
        }
        """;
}
