using System.Globalization;

namespace Efento.Portal.Components.Pages.Admin.Quarantine;

/// <summary>Texts with large numbers, whose thousands are separated.</summary>
internal static class Counted
{
    /// <summary>How many items are selected.</summary>
    public static string Selected(int count) => QuarantinePageText.Selected(Number(count), count);

    /// <summary>The question before items are discarded.</summary>
    public static string Discard(int count) => QuarantinePageText.DiscardAsk(Number(count), count);

    /// <summary>A number in the format of the language.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
