using Efento.Portal.Devices;

namespace Efento.Portal.Ingest.Transactions;

/// <summary>
/// The gateways that a transaction knows: those in memory and new ones, with the changes of its messages. Memory is updated after the
/// commit.
/// </summary>
internal sealed class KnownGateways(GatewayDirectory gateways, IIngestStatements statements)
{
    private readonly List<GatewayEntry> _new = [];
    private readonly Dictionary<GatewayEntry, Facts> _changed = [];

    /// <summary>Whether there are new gateways.</summary>
    public bool HasNew => _new.Count > 0;

    /// <summary>The gateway with a key; null if there is none.</summary>
    public GatewayEntry? Find(int id) => gateways.Find(id) ?? _new.Find(g => g.Id == id);

    /// <summary>The gateway with a serial; null if there is none.</summary>
    public GatewayEntry? Find(string serial) =>
        gateways.Find(serial)
            ?? _new.Concat(_changed.Keys).FirstOrDefault(g => serial.Equals(Of(g).Serial, StringComparison.OrdinalIgnoreCase));

    /// <summary>The gateways that were last heard with a token.</summary>
    public IReadOnlyList<GatewayEntry> OfToken(int tokenId) =>
        _new.Count == 0 ? gateways.OfToken(tokenId) : [.. gateways.OfToken(tokenId), .. _new.Where(g => g.TokenId == tokenId)];

    /// <summary>The properties of a gateway within the transaction.</summary>
    public Facts Of(GatewayEntry gateway) => _changed.GetValueOrDefault(gateway) ?? Facts.In(gateway);

    /// <summary>Whether a gateway is retired.</summary>
    public bool IsRetired(GatewayEntry gateway) => Of(gateway).RetiredMs is not null;

    /// <summary>Adds a gateway.</summary>
    public GatewayEntry Add(string? serial, int tokenId, long receivedMs)
    {
        var added = new GatewayEntry(statements.AddGateway(serial, tokenId, receivedMs)) { Serial = serial, TokenId = tokenId };
        _new.Add(added);
        return added;
    }

    /// <summary>Changes the properties of a gateway.</summary>
    public void Change(GatewayEntry gateway, Facts facts) => _changed[gateway] = facts;

    /// <summary>Updates memory.</summary>
    public void Commit()
    {
        foreach (var (gateway, facts) in _changed)
        {
            (gateway.Serial, gateway.RetiredMs, gateway.UptimeSeconds) = (facts.Serial, facts.RetiredMs, facts.UptimeSeconds);
        }

        _new.ForEach(gateways.Add);
    }

    /// <summary>The properties of a gateway that messages can change.</summary>
    /// <param name="Serial">Its serial; null if unknown.</param>
    /// <param name="RetiredMs">When it was retired, Unix ms; null if it is in use.</param>
    /// <param name="UptimeSeconds">The uptime in its last heartbeat.</param>
    internal sealed record Facts(string? Serial, long? RetiredMs, long? UptimeSeconds)
    {
        /// <summary>The properties in memory.</summary>
        public static Facts In(GatewayEntry gateway) => new(gateway.Serial, gateway.RetiredMs, gateway.UptimeSeconds);
    }
}
