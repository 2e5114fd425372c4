using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Admin.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the settings lets people do.</summary>
internal static class SettingsActions
{
    private static readonly Subject Site = new("site", _ => Task.CompletedTask);
    private static readonly Subject Address = new("public address", _ => Task.CompletedTask);

    public static IReadOnlyList<PageAction> All { get; } =
    [
        new(typeof(SiteCard), $"{nameof(SiteSettings)}.{nameof(SiteSettings.ChangeAsync)}", Site, async scene =>
        {
            var card = scene.Open<SiteCard>("admin/settings");
            await card.ChangeAsync("#site", "Cold store");
            return Submit(card);
        }),
        new(typeof(AddressCard), $"{nameof(SiteSettings)}.{nameof(SiteSettings.SetAddressAsync)}", Address, async scene =>
        {
            var card = scene.Open<AddressCard>("admin/settings");
            await card.InputAsync("#address", "https://portal.example.com");
            return Submit(card);
        }),
    ];

    /// <summary>The message of the form, also when the form is gone.</summary>
    private static Func<Task> Submit<TCard>(IRenderedComponent<TCard> card)
        where TCard : class, IComponent
    {
        var form = card.FindComponent<EditForm>().Instance;
        var (submit, about) = (form.OnValidSubmit, new EditContext(form.Model!));
        return () => card.InvokeAsync(() => submit.InvokeAsync(about));
    }
}
