using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Configuration;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Settings;

/// <summary>Lets an administrator enter the public address and see whether it leads here.</summary>
public sealed partial class AddressCard
{
    private string? _seen;
    private string _address = "";
    private string _said = "";
    private bool _isRefused;
    private bool _isTaken;

    [Inject]
    private PublicAddress Public { get; set; } = null!;

    [Inject]
    private SiteSettings Settings { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>The address to check: the one in the field, if it can be one.</summary>
    private Uri? Checked => Public.OfSettings ?? AddressText.Read(_address);

    /// <summary>The address of this browser, unless it means another machine elsewhere.</summary>
    private string? Suggested =>
        AddressText.Read(Navigation.BaseUri) is { IsLoopback: false } address ? AddressText.Of(address) : null;

    /// <inheritdoc/>
    protected override Task LoadAsync()
    {
        // What the user has begun to write stays.
        if (!_isTaken || _address == (_seen ?? ""))
        {
            Take();
            (_address, _isTaken) = (_seen ?? "", true);
        }

        return Task.CompletedTask;
    }

    private void Take() => _seen = People.Site?.PublicAddress;

    private async Task SaveAsync()
    {
        var (seen, wanted) = (_seen, _address);
        var faults = await Person.TryAllAsync(Policies.Administer, actor => Settings.SetAddressAsync(actor, seen, wanted));
        (_said, _isRefused) = faults.Count == 0 ? (SettingsText.AddressSaved, false) : (string.Join(' ', faults), true);
        Take();
        if (faults.Count == 0)
        {
            _address = _seen ?? "";
        }
        else if (_seen != seen)
        {
            _said += " " + SettingsText.NowIs(_seen ?? SettingsText.AddressNoneYet);
        }
    }
}
