using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Devices.Administration;
using Efento.Portal.Tests.Support;
using Efento.Portal.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Timeline;

public sealed class NoteServiceTests : AdministrationContext
{
    /// <summary>An operator; account 1 is the administrator's.</summary>
    private static readonly Actor Berta = new(ActorKind.Person, "berta@portal.test", "192.0.2.8", 12);
    private static readonly Actor Cecil = new(ActorKind.Person, "cecil@portal.test", "192.0.2.9", 13);

    private readonly DateTimeOffset _at = Some.Now().AddHours(-1);

    private NoteService Service => Portal.Get<NoteService>();

    [Fact]
    public async Task WriteAsync_Note_IsKeptAndAudited()
    {
        var serials = await MeasuredAsync(1);

        Assert.Equal(NoteOutcome.Done, await WriteAsync(" Door repaired "));

        var note = Assert.Single(await ReadAsync());
        Assert.Equal((_at, "Door repaired", "berta@portal.test", 12), (note.AtUtc, note.Text, note.WrittenBy, note.WriterId));
        Assert.Equal(
            [$"berta@portal.test|note written|measuring point 1 {serials[0]}||{InWords("Door repaired")}|"], Audited("note written"));
    }

    [Theory]
    [InlineData(" ", 0, NoteOutcome.TextMissing)]
    [InlineData(301, 0, NoteOutcome.TooLong)]
    [InlineData("Door repaired", 2, NoteOutcome.TimeAhead)]
    public async Task WriteAsync_NotANote_IsRefused(object text, int hoursLater, NoteOutcome expected)
    {
        await MeasuredAsync(1);

        Assert.Equal(
            expected,
            await Service.WriteAsync(
                SiteScope.Everything, Berta, 1,
                new NoteDraft(_at.AddHours(hoursLater), text is int length ? new string('x', length) : (string)text)));

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task ChangeAsync_ByItsWriter_IsAuditedWithBoth()
    {
        await MeasuredAsync(1);
        await WriteAsync("Door repaired");

        Assert.Equal(
            NoteOutcome.Done,
            await Service.ChangeAsync(SiteScope.Everything, Berta, await SeeNoteAsync(), new NoteDraft(_at, "Door replaced")));

        var note = Assert.Single(await ReadAsync());
        Assert.Equal(("Door replaced", true), (note.Text, note.ChangedUtc is not null));
        Assert.EndsWith(
            $"|{InWords("Door repaired")}|{InWords("Door replaced")}|", Assert.Single(Audited("note changed")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeAsync_ByAnAdministrator_IsDone()
    {
        await MeasuredAsync(1);
        await WriteAsync("Door repaired");

        Assert.Equal(
            NoteOutcome.Done,
            await Service.ChangeAsync(SiteScope.Everything, Anna, await SeeNoteAsync(), new NoteDraft(_at, "Door replaced")));
    }

    [Fact]
    public async Task ChangeAsync_ByAnotherOperator_IsRefused()
    {
        await MeasuredAsync(1);
        await WriteAsync("Door repaired");

        Assert.Equal(
            NoteOutcome.NotTheirs,
            await Service.ChangeAsync(SiteScope.Everything, Cecil, await SeeNoteAsync(), new NoteDraft(_at, "Door replaced")));
        Assert.Equal(NoteOutcome.NotTheirs, await Service.DeleteAsync(SiteScope.Everything, Cecil, await SeeNoteAsync()));

        Assert.Equal("Door repaired", Assert.Single(await ReadAsync()).Text);
    }

    [Fact]
    public async Task ChangeAsync_ChangedMeanwhile_IsToldAndOverwritesNothing()
    {
        await MeasuredAsync(1);
        await WriteAsync("Door repaired");
        var seen = await SeeNoteAsync();
        await Service.ChangeAsync(SiteScope.Everything, Berta, seen, new NoteDraft(_at, "Door replaced"));

        Assert.Equal(
            NoteOutcome.ChangedMeanwhile, await Service.ChangeAsync(SiteScope.Everything, Berta, seen, new NoteDraft(_at, "Door painted")));
        Assert.Equal(NoteOutcome.ChangedMeanwhile, await Service.DeleteAsync(SiteScope.Everything, Berta, seen));

        Assert.Equal("Door replaced", Assert.Single(await ReadAsync()).Text);
    }

    [Fact]
    public async Task DeleteAsync_ByItsWriter_LeavesItsWordsInTheAuditTrail()
    {
        await MeasuredAsync(1);
        await WriteAsync("Door repaired");

        Assert.Equal(NoteOutcome.Done, await Service.DeleteAsync(SiteScope.Everything, Berta, await SeeNoteAsync()));

        Assert.Empty(await ReadAsync());
        Assert.EndsWith($"|{InWords("Door repaired")}||", Assert.Single(Audited("note deleted")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_AuditFails_KeepsNothing()
    {
        await MeasuredAsync(1);
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => WriteAsync("Door repaired"));

        Assert.Empty(await ReadAsync());
    }

    private Task<NoteOutcome> WriteAsync(string text) => Service.WriteAsync(SiteScope.Everything, Berta, 1, new NoteDraft(_at, text));

    private Task<IReadOnlyList<PointNote>> ReadAsync() =>
        Portal.Get<NoteQuery>().ReadAsync(SiteScope.Everything, 1, _at.AddDays(-1), _at.AddDays(1), 10);

    private async Task<Seen> SeeNoteAsync() => Assert.Single(await ReadAsync()) is var note ? new Seen(note.Id, note.Version) : default;

    private string InWords(string text) => $"{_at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {text}";
}
