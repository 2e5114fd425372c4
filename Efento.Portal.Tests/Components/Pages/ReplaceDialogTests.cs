using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Efento.Portal.Components.Pages.Admin.Loggers;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>When a logger was replaced, typed in Warsaw's time over both nights in which its clocks changed in 2025.</summary>
public sealed class ReplaceDialogTests : PageContext
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("2025-07-15T12:00", "2025-07-15 10:00")]
    [InlineData("2025-03-30T01:59", "2025-03-30 00:59")]
    [InlineData("2025-10-26T03:00", "2025-10-26 02:00")]
    public async Task Time_ThatCameOnce_IsThatMoment(string typed, string utc)
    {
        var (dialogs, result) = await ShowAsync();

        await TypeAsync(dialogs, typed);

        Assert.Equal(utc, InUtc(await ConfirmedAsync(dialogs, result)));
    }

    [Fact]
    public async Task Time_ThatClocksLeftOut_SaysWhatTheyShowInstead()
    {
        var (dialogs, _) = await ShowAsync();

        await TypeAsync(dialogs, "2025-03-30T02:30");

        Assert.Contains("Choose 03:30, or a time before", dialogs.Find(".wall-time").TextContent, StringComparison.Ordinal);
        Assert.True(Confirm(dialogs).HasAttribute("disabled"));
    }

    [Theory]
    [InlineData(0, "2025-10-26 00:30")]
    [InlineData(1, "2025-10-26 01:30")]
    public async Task Time_ThatCameTwice_AsksWhich(int which, string utc)
    {
        var (dialogs, result) = await ShowAsync();

        await TypeAsync(dialogs, "2025-10-26T02:30");
        Assert.True(Confirm(dialogs).HasAttribute("disabled"));
        await dialogs.ChangeAsync("[name=replaced-at-which]", true, which);

        Assert.Equal(utc, InUtc(await ConfirmedAsync(dialogs, result)));
    }

    [Fact]
    public async Task Time_StillToCome_IsRefusedInWords()
    {
        var (dialogs, _) = await ShowAsync();

        await TypeAsync(dialogs, "2026-01-15T13:01");

        Assert.Contains("in the future", dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(Confirm(dialogs).HasAttribute("disabled"));
    }

    private static string InUtc(Replacement replacement) => replacement.AtUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static IElement Confirm(IRenderedComponent<MudDialogProvider> dialogs) =>
        dialogs.FindAll("button").Single(b => b.TextContent.Trim() == "Assign");

    private static Task TypeAsync(IRenderedComponent<MudDialogProvider> dialogs, string local) =>
        dialogs.ChangeAsync("#replaced-at", local);

    private static async Task<Replacement> ConfirmedAsync(IRenderedComponent<MudDialogProvider> dialogs, Task<DialogResult?> result)
    {
        await dialogs.ClickAsync(Confirm);
        return Assert.IsType<Replacement>((await result)!.Data);
    }

    private async Task<(IRenderedComponent<MudDialogProvider> Dialogs, Task<DialogResult?> Result)> ShowAsync()
    {
        Services.AddSingleton<TimeProvider>(_time);
        Render<MudPopoverProvider>();
        var dialogs = Render<MudDialogProvider>();
        var successor = new LoggerOverview
        {
            Id = 2,
            Serial = "282C024FFFB2",
            PointName = "282C024FFFB2",
            Approval = LoggerApproval.Accepted,
            Synchronise = true,
            FirstSeenUtc = _time.GetUtcNow(),
            Freshness = LoggerFreshness.Of(null, null),
            Series = [],
        };
        var parameters = new DialogParameters<ReplaceDialog>
        {
            { d => d.Point, new PointOverview(1, "Fridge 3", null, null, 0) },
            { d => d.Candidates, [successor] },
            { d => d.Zone, TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw") },
        };
        var dialog = await dialogs.InvokeAsync(
            () => Services.GetRequiredService<IDialogService>().ShowAsync<ReplaceDialog>("Assign a logger", parameters));
        await dialogs.InvokeAsync(() => dialogs.FindComponent<MudSelect<LoggerOverview>>().Instance.ValueChanged.InvokeAsync(successor));
        await dialogs.InvokeAsync(() => dialogs.FindComponent<MudRadioGroup<bool>>().Instance.ValueChanged.InvokeAsync(false));
        await dialogs.InputAsync(d => d.FindAll(".mud-dialog-content input").Last(), "probe broken");
        return (dialogs, dialog.Result);
    }
}
