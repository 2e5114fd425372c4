namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>For how long a token may be valid, as the dialogs offer it.</summary>
internal static class Expiry
{
    /// <summary>For ever.</summary>
    public const int Never = 0;

    /// <summary>As it is now.</summary>
    public const int Unchanged = -1;

    /// <summary>Days, and how they are called.</summary>
    public static IReadOnlyList<(int Days, string Name)> Choices =>
        [(Never, TokensText.ForEver), (1, TokensText.Days(1)), (7, TokensText.Days(7)), (30, TokensText.Days(30)), (90, TokensText.Days(90)), (365, TokensText.Year)];

    /// <summary>The end that is chosen.</summary>
    public static DateTimeOffset? EndOf(int days, DateTimeOffset now, DateTimeOffset? present) => days switch
    {
        Never => null,
        Unchanged => present,
        _ => now.AddDays(days),
    };
}
