using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Settings;

/// <summary>Lets an administrator change the name, time zone and language of the site.</summary>
public sealed partial class SiteCard
{
    private SiteFacts _seen = SiteFacts.Of(Site.Unnamed);
    private Input _input = new();
    private string _said = "";
    private bool _isRefused;
    private bool _isTaken;

    [Inject]
    private SiteSettings Settings { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    /// <summary>The zones to choose from, with the present one even if this machine does not know it any more.</summary>
    private IEnumerable<string> Zones => SiteZones.All.Contains(_seen.TimeZone) ? SiteZones.All : SiteZones.All.Prepend(_seen.TimeZone);

    /// <inheritdoc/>
    protected override Task LoadAsync()
    {
        // What the user has begun to write stays.
        if (!_isTaken || _input.Facts == _seen)
        {
            Take();
            (_input, _isTaken) = (Input.Of(_seen), true);
        }

        return Task.CompletedTask;
    }

    private void Take() => _seen = SiteFacts.Of(People.Site ?? Site.Unnamed);

    private async Task SaveAsync()
    {
        var (seen, wanted) = (_seen, _input.Facts);
        var faults = await Person.TryAllAsync(Policies.Administer, actor => Settings.ChangeAsync(actor, seen, wanted));
        (_said, _isRefused) = faults.Count == 0 ? (SettingsText.Saved, false) : (string.Join(' ', faults), true);
        Take();
        if (faults.Count == 0)
        {
            _input = Input.Of(_seen);
        }
        else if (_seen != seen)
        {
            _said += " " + SettingsText.NowIs(_seen.ToString());
        }
    }

    private sealed class Input
    {
        public string Name { get; set; } = "";

        public string TimeZone { get; set; } = "";

        public string Language { get; set; } = "";

        public SiteFacts Facts => new(Name, TimeZone, Language);

        public static Input Of(SiteFacts facts) => new() { Name = facts.Name, TimeZone = facts.TimeZone, Language = facts.Language };
    }
}
