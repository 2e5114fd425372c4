using Efento.Portal.Access;
using Efento.Portal.Components.People;
using Efento.Portal.Configuration;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Settings;

/// <summary>Checks an address with a visit of the administrator's own browser.</summary>
public sealed partial class AddressTest : IDisposable
{
    private string _code = "";
    private Uri? _of;
    private bool _isBegun;
    private AddressVisit? _visit;

    /// <summary>The address.</summary>
    [Parameter, EditorRequired]
    public Uri Address { get; set; } = null!;

    [Inject]
    private AddressChecks Checks { get; set; } = null!;

    [Inject]
    private ViewPreferences View { get; set; } = null!;

    private string Link => $"{AddressText.Of(Address)}/{AddressChecks.PathOf(_code)}";

    /// <inheritdoc/>
    public void Dispose() => Checks.End(_code);

    /// <summary>Another address gets another code, so that a late visit of the first says nothing about the second.</summary>
    protected override void OnParametersSet()
    {
        if (RendererInfo.IsInteractive && _of != Address)
        {
            Checks.End(_code);
            (_of, _code, _isBegun, _visit) = (Address, Checks.Begin(visit => _ = ShowAsync(visit)), false, null);
        }
    }

    private void Begin() => (_isBegun, _visit) = (true, null);

    private async Task ShowAsync(AddressVisit visit)
    {
        View.UseLanguage();
        await InvokeAsync(() =>
        {
            (_isBegun, _visit) = (true, visit);
            StateHasChanged();
        });
    }

    private bool IsSame(AddressVisit visit) =>
        Uri.TryCreate(visit.Origin, UriKind.Absolute, out var origin)
        && (origin.Scheme, origin.IdnHost, origin.Port) == (Address.Scheme, Address.IdnHost, Address.Port);
}
