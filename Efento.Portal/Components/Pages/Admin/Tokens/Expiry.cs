namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>How long a token is valid, as offered in dialogs.</summary>
internal static class Expiry
{
    /// <summary>No expiry.</summary>
    public const int Never = 0;

    /// <summary>No change.</summary>
    public const int Unchanged = -1;

    /// <summary>The numbers of days and their texts.</summary>
    public static IReadOnlyList<(int Days, string Name)> Choices =>
        [
            (Never, TokensText.ForEver), (1, TokensText.Days(1)), (7, TokensText.Days(7)), (30, TokensText.Days(30)),
            (90, TokensText.Days(90)), (365, TokensText.Year)
        ];

    /// <summary>The expiry for a choice.</summary>
    public static DateTimeOffset? EndOf(int days, DateTimeOffset now, DateTimeOffset? present) => days switch
    {
        Never => null,
        Unchanged => present,
        _ => now.AddDays(days),
    };
}
