using Efento.Portal.Components.Controls;

namespace Efento.Portal.Components.Pages.Overview;

/// <summary>
/// The room that a kind of tile has for figures: the narrowest one there is (wwwroot-assets/styles/tiles.css). A figure is never cut. If
/// not all have room, their type becomes smaller, then there are fewer of them, and at last one of them is wrapped.
/// </summary>
/// <param name="Width">Its width in px.</param>
/// <param name="Most">The most figures.</param>
/// <param name="Gap">What lies between two, in px.</param>
/// <param name="Sizes">The sizes of type in px, the largest first.</param>
public sealed record TileRoom(double Width, int Most, double Gap, IReadOnlyList<double> Sizes)
{
    /// <summary>Several figures are no smaller than this: rather there are fewer.</summary>
    private const double LeastOfSeveral = 16;

    /// <summary>An age stands below a value that was left behind.</summary>
    private const double LeastLeftBehind = 80;

    /// <summary>A remark that stands for itself, with a number in it, is wrapped.</summary>
    private const double LeastOfRemark = 100;

    /// <summary>"+2" behind the figures.</summary>
    private const double MoreWidth = 24;

    /// <summary>An ordinary tile: figures beside each other.</summary>
    public static TileRoom Ordinary { get; } = new(204, 3, 14, [28, 24, 20, 18, 16, 14, 12]);

    /// <summary>A small tile, with the age at the right.</summary>
    public static TileRoom Small { get; } = new(112, 2, 10, [20, 18, 16, 14, 12]) { Least = 14, HasAges = false };

    /// <summary>A row of a phone: figures one below the other, the name at the left.</summary>
    public static TileRoom Row { get; } = new(165, 3, 0, [24, 20, 18, 16, 14, 12]) { IsStacked = true };

    private double Least { get; init; } = LeastOfSeveral;

    private bool HasAges { get; init; } = true;

    private bool IsStacked { get; init; }

    /// <summary>Which figures there is room for, by their places, and the size of their type.</summary>
    public TileFit Fit(IReadOnlyList<ShownValue> values)
    {
        // What calls for help is not what is left out.
        var ranked = Enumerable.Range(0, values.Count).OrderBy(i => values[i].IsAlarm ? 0 : values[i].Remark is not null ? 1 : 2).ToList();
        for (var count = MostOf(values.Count); count > 1; count--)
        {
            List<int> several = [.. ranked.Take(count).Order()];
            if (LargestOf(several, values, s => s >= Least && s <= LargestOf(count)) is { } size)
            {
                return new TileFit(several, size, IsWrapped: false);
            }
        }

        List<int> one = [.. ranked.Take(1)];
        var own = LargestOf(one, values, _ => true);
        return new TileFit(one, own ?? Sizes[^1], IsWrapped: own is null);
    }

    // "+2" needs a line of its own where figures stand below each other.
    private int MostOf(int count) => count <= Most ? count : IsStacked ? Most - 1 : Most;

    private double? LargestOf(List<int> shown, IReadOnlyList<ShownValue> values, Func<double, bool> isTaken)
    {
        List<ShownValue> figures = [.. shown.Select(i => values[i])];
        var size = Sizes.FirstOrDefault(s => isTaken(s) && HasRoom(figures, s, values.Count > shown.Count));
        return size > 0 ? size : null;
    }

    private double LargestOf(int count) => IsStacked ? count > 1 ? 20 : 24 : count > 2 ? 18 : 24;

    private bool HasRoom(IReadOnlyList<ShownValue> values, double size, bool hasMore) =>
        IsStacked
            ? values.All(v => WidthOf(v, size) <= Width)
            : values.Sum(v => WidthOf(v, size)) + (Gap * (values.Count - 1)) + (hasMore ? Gap + MoreWidth : 0) <= Width;

    private double WidthOf(ShownValue value, double size)
    {
        var own = TextWidth.Of(value.Text, value.Unit) * size;
        return !HasAges && value.Remark is not null ? own + size
            : HasAges && value is { Label.Length: 0, Remark: not null } ? Math.Max(own, LeastOfRemark)
            : HasAges && value.LeftBehindUtc is not null ? Math.Max(own, LeastLeftBehind)
            : own;
    }
}

/// <summary>What a tile has room for.</summary>
/// <param name="Shown">The places of the figures shown.</param>
/// <param name="Size">The size of their type in px.</param>
/// <param name="IsWrapped">Whether even one has no room in one line.</param>
public sealed record TileFit(IReadOnlyList<int> Shown, double Size, bool IsWrapped);
