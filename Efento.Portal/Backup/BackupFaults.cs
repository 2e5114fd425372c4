using Efento.Portal.Data;

namespace Efento.Portal.Backup;

/// <summary>What stopped a backup, as a value.</summary>
internal static class BackupFaults
{
    private const int NoRoom = 28;
    private const int QuotaReached = 122;

    /// <summary>The fault in an exception; null if it is another one, which is a bug.</summary>
    public static BackupFault? Of(Exception thrown) => thrown switch
    {
        BackupStoppedException stopped => stopped.Fault,
        IOException { HResult: NoRoom or QuotaReached } => new(BackupFaultKind.NoRoom, thrown.Message),
        IOException or UnauthorizedAccessException => new(BackupFaultKind.Unwritable, thrown.Message),
        _ => StoreFault.Of(thrown) is { } fault
            ? new(fault.Kind is StoreFaultKind.Full ? BackupFaultKind.NoRoom : BackupFaultKind.Store, fault.Message)
            : null,
    };
}
