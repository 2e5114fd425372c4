using Efento.Portal.Access;
using Efento.Portal.Ingest.Quarantine;

namespace Efento.Portal.Tests.Support;

/// <summary>What people do with the quarantine.</summary>
internal static class QuarantineActions
{
    /// <summary>Somebody who may.</summary>
    public static Actor Admin { get; } = new(ActorKind.Person, PortalUnderTest.AdminEmail, "192.0.2.1", 1);

    /// <summary>Everything that waits, newest first.</summary>
    public static Task<IReadOnlyList<QuarantineKey>> KeysAsync(this PortalUnderTest portal) =>
        portal.Get<QuarantineQuery>().ReadKeysAsync(new());

    /// <summary>Reads the only item that waits again.</summary>
    public static async Task<ReadAgainOutcome> ReadAgainAsync(this PortalUnderTest portal) =>
        await portal.Get<QuarantineReader>().ReadAsync(Admin, Assert.Single(await portal.KeysAsync()));

    /// <summary>Reads an item again.</summary>
    public static Task<ReadAgainOutcome> ReadAgainAsync(this PortalUnderTest portal, QuarantineKey key) =>
        portal.Get<QuarantineReader>().ReadAsync(Admin, key);

    /// <summary>Discards items.</summary>
    public static Task<int> DiscardAsync(this PortalUnderTest portal, params QuarantineKey[] keys) =>
        portal.Get<QuarantineDiscard>().DiscardAsync(Admin, keys, "test data");

    /// <summary>The audit trail of the quarantine: action, subject, old, new, reason.</summary>
    public static IReadOnlyList<string> QuarantineAudit(this PortalUnderTest portal) =>
        portal.Database.Lines(
            "SELECT actor, action, subject, old, new, reason FROM audit_entry WHERE action LIKE 'quarantine%' ORDER BY id");
}
