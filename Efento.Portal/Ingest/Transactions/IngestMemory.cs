using Efento.Portal.Devices;
using Efento.Portal.Ingest.Clock;
using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Transactions;

/// <summary>The state of the database that ingest holds in memory. It is changed only after a commit, in the writer's turn.</summary>
internal sealed record IngestMemory(
    LoggerDirectory Loggers, SeriesDirectory Series, GatewayDirectory Gateways, NewDeviceQuota NewDevices, ServerClock Clock,
    ReceiptTimes Receipts);
