namespace Efento.Portal.Components.Pages.Admin.Channels;

/// <summary>A secret in a dialog: it can be entered and removed, but never read.</summary>
public sealed class SecretField
{
    /// <summary>What was entered.</summary>
    public string Text { get; set; } = "";

    /// <summary>Whether there is one.</summary>
    public bool IsSet { get; init; }

    /// <summary>Whether it shall be removed.</summary>
    public bool IsRemoved { get; set; }
}
