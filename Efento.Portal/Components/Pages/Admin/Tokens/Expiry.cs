namespace Efento.Portal.Components.Pages.Admin.Tokens;

/// <summary>For how long a token may be valid, as the dialogs offer it.</summary>
internal static class Expiry
{
    /// <summary>For ever.</summary>
    public const int Never = 0;

    /// <summary>As it is now.</summary>
    public const int Unchanged = -1;

    /// <summary>Days, and how they are called.</summary>
    public static readonly (int Days, string Name)[] Choices =
        [(Never, "For ever"), (1, "1 day"), (7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "1 year")];

    /// <summary>The end that is chosen.</summary>
    public static DateTimeOffset? EndOf(int days, DateTimeOffset now, DateTimeOffset? present) => days switch
    {
        Never => null,
        Unchanged => present,
        _ => now.AddDays(days),
    };
}
