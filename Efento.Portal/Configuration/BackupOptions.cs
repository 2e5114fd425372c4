namespace Efento.Portal.Configuration;

/// <summary>Backups that the portal makes by itself, and the passphrase of all.</summary>
public sealed class BackupOptions
{
    /// <summary>The directory of the backups; it must exist. The default is null: the portal makes none by itself.</summary>
    public string? Directory { get; set; }

    /// <summary>At which time of day a backup is made, in the site's time zone, such as 02:30. The default is 02:30.</summary>
    public TimeSpan TimeOfDay { get; set; } = new(2, 30, 0);

    /// <summary>
    /// The path of a file whose first line is the passphrase, at least 12 characters. The default is null: backups are not encrypted, and
    /// have neither the keys nor the secrets of channels.
    /// </summary>
    public string? PassphraseFile { get; set; }

    /// <summary>How many days keep their newest backup. The default is 7.</summary>
    public int KeepDaily { get; set; } = 7;

    /// <summary>How many weeks keep their newest backup. The default is 5.</summary>
    public int KeepWeekly { get; set; } = 5;

    /// <summary>How many months keep their newest backup. The default is 12.</summary>
    public int KeepMonthly { get; set; } = 12;
}
