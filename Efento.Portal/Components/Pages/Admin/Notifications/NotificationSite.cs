using Efento.Portal.Notifications.Documents;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>What there is to choose from in the dialogs.</summary>
/// <param name="People">The addresses of the people.</param>
/// <param name="Rotas">The keys of the rotas.</param>
/// <param name="Channels">The keys of the channels.</param>
public sealed record NotificationSite(IReadOnlyList<string> People, IReadOnlyList<string> Rotas, IReadOnlyList<string> Channels)
{
    /// <summary>What these entries and channels offer.</summary>
    internal static NotificationSite Of(NotificationEntries entries, IReadOnlyList<string> channels) =>
        new([.. entries.People.Select(p => p.Name)], [.. entries.Rotas.Select(r => r.Name)], channels);
}
