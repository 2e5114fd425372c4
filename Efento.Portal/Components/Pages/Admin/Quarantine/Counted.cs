using System.Globalization;

namespace Efento.Portal.Components.Pages.Admin.Quarantine;

/// <summary>Counts that grow large, as people read them: thousands set apart.</summary>
internal static class Counted
{
    /// <summary>So many items are selected.</summary>
    public static string Selected(int count) => QuarantinePageText.Selected(Number(count), count);

    /// <summary>Whether so many items shall be discarded.</summary>
    public static string Discard(int count) => QuarantinePageText.DiscardAsk(Number(count), count);

    /// <summary>A number as the language writes it.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
