using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Health;

namespace Efento.Portal.Components.Pages.Admin.Channels;

/// <summary>A channel in the list.</summary>
/// <param name="Opened">The channel.</param>
/// <param name="Health">How it fares; null if nothing is known.</param>
/// <param name="Waiting">How many messages wait for it.</param>
public sealed record ChannelRow(OpenedChannel Opened, ChannelHealth? Health, int Waiting)
{
    /// <summary>Its key.</summary>
    public string Key => Opened.Row.Key;

    /// <summary>Its kind.</summary>
    public ChannelKind Kind => Opened.Row.Kind;

    /// <summary>Its settings without secrets.</summary>
    public ChannelSettings Settings { get; } = ChannelVault.OpenSettings(Opened.Row);

    /// <summary>Whether its secrets can be read.</summary>
    public bool IsReadable => Opened.Settings is not null;

    /// <summary>Whether it is switched on.</summary>
    public bool IsOn => Health?.OffUtc is null;
}
