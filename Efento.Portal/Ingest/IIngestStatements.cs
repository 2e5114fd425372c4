using System.Data.Common;
using Efento.Portal.Devices;
using Efento.Portal.Ingest.Ledger;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Ingest.Quarantine;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest;

/// <summary>The statements of the ingest transaction. Times are Unix ms.</summary>
internal interface IIngestStatements : IDisposable
{
    /// <summary>The connection the statements belong to.</summary>
    DbConnection Connection { get; }

    /// <summary>Writes the readings.</summary>
    IReadingWriter Readings { get; }

    /// <summary>Writes changes of battery, interval and promise.</summary>
    LoggerChangeLog Changes { get; }

    /// <summary>Writes a line of the ledger.</summary>
    void Insert(Message message);

    /// <summary>Adds a logger that is set to Y, together with a measuring point to which it was always assigned. Returns its key.</summary>
    int AddLogger(string serial, LoggerApproval approval, int tokenId, long nowMs);

    /// <summary>Adds a series and returns its key.</summary>
    int AddSeries(int loggerId, byte channel, MeasurementType type);

    /// <summary>Adds a gateway under its first name and returns its key.</summary>
    int AddGateway(string? serial, int tokenId, long nowMs);

    /// <summary>Sets the serial of a gateway without one. The serial also becomes its name unless people have named it.</summary>
    void TellSerial(int gatewayId, string serial);

    /// <summary>Updates a gateway from its heartbeat. Fields that the heartbeat does not contain stay unchanged.</summary>
    void Update(int gatewayId, PendingMessage message, int? intervalSeconds, bool isRestart);

    /// <summary>Reactivates a retired gateway.</summary>
    void BringBack(int gatewayId);

    /// <summary>Adds a heartbeat.</summary>
    void Insert(Heartbeat heartbeat);

    /// <summary>Counts a part that is already in quarantine; false if it is not.</summary>
    bool TryCountAgain(int tokenId, byte[] hash, RejectReason reason, long nowMs);

    /// <summary>Sets something aside. An item that was read again and is now rejected once more returns to the quarantine.</summary>
    void Insert(QuarantineItem item);

    /// <summary>Adds a set of fields with an example, unless it is already known.</summary>
    void InsertShape(string route, string fingerprint, string fields, byte[] example, long exampleBytes, long nowMs);

    /// <summary>The number of loggers that a token has added since <paramref name="sinceMs"/>.</summary>
    int CountNewLoggers(int tokenId, long sinceMs);

    /// <summary>The number of gateways that a token has added since <paramref name="sinceMs"/> and that still use it.</summary>
    int CountNewGateways(int tokenId, long sinceMs);
}
