using Efento.Portal.Access;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Devices.Administration;

/// <summary>A portal with loggers about which a test decides.</summary>
public abstract class AdministrationContext : IAsyncLifetime
{
    /// <summary>Who decides.</summary>
    protected static Actor Anna { get; } = new(ActorKind.Person, "anna@portal.test", "192.0.2.7", 1);

    /// <summary>The portal.</summary>
    protected PortalUnderTest Portal { get; private set; } = null!;

    /// <summary>The portal's settings.</summary>
    protected virtual Dictionary<string, string> Settings => [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Portal = await PortalUnderTest.StartAsync(new() { Settings = Settings });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Loggers that have measured once, with handles 1, 2, 3 …</summary>
    protected async Task<string[]> MeasuredAsync(int count)
    {
        string[] serials = [.. Enumerable.Range(0, count).Select(_ => Some.Serial())];
        await AnswerAsync(serials);
        return serials;
    }

    /// <summary>What a gateway is answered that sends a record of each, with handles 1, 2, 3 …</summary>
    protected async Task<string> AnswerAsync(params string[] serials)
    {
        var reply = await Portal.Client.MeasureAsync(
            Some.Body(serials.Select((serial, i) => Some.Record(serial, Some.Now(), handle: i + 1))));
        Assert.Equal(201, reply.Status);
        return reply.Body;
    }

    /// <summary>A logger as it is now.</summary>
    protected async Task<LoggerOverview> FindAsync(string serial) =>
        (await Portal.Get<LoggerQuery>().FindAsync(SiteScope.Everything, serial))!;

    /// <summary>A logger as somebody sees it now.</summary>
    protected async Task<Seen> SeeAsync(string serial) =>
        await FindAsync(serial) is var logger ? new Seen(logger.Id, logger.Version) : default;

    /// <summary>The point of a logger as somebody sees it now.</summary>
    protected async Task<Seen> SeePointAsync(string serial) =>
        (await FindAsync(serial)).Point is { } point ? new Seen(point.Id, point.Version) : default;

    /// <summary>Sets Y or N as the page does: by a preview.</summary>
    protected async Task<FlagOutcome> SetAsync(bool synchronise, params string[] serials) =>
        await Portal.Get<SynchroniseSwitch>().SetAsync(Anna, (await PreviewAsync(synchronise, serials)).Changes, "probe broken");

    /// <summary>What setting Y or N will change.</summary>
    protected async Task<FlagPreview> PreviewAsync(bool synchronise, params string[] serials)
    {
        List<int> ids = [];
        foreach (var serial in serials)
        {
            ids.Add((await FindAsync(serial)).Id);
        }

        return await Portal.Get<SynchroniseSwitch>().PreviewAsync(ids, synchronise);
    }

    /// <summary>The audit trail since the set-up, as "actor|action|subject|old|new|reason".</summary>
    protected IReadOnlyList<string> Audited(string action) => Portal.Database.Lines(
        "SELECT actor, action, subject, old, new, reason FROM audit_entry WHERE action = $0 ORDER BY id", action);

    /// <summary>From now on no audit entry can be written.</summary>
    protected void BreakAudit() => Portal.Database.Execute(
        "CREATE TRIGGER audit_breaks BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no audit'); END");
}
