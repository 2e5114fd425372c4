namespace Efento.Portal.Data;

/// <summary>Checks whether the disk of the data directory has room for a start.</summary>
internal static class DiskCheck
{
    /// <summary>The size of the test file: room for the log's index, its first pages, and some seconds of messages.</summary>
    private const int Needed = 1024 * 1024;

    private const int NoRoom = 28;
    private const int ReadOnly = 30;
    private const int QuotaReached = 122;

    /// <summary>Writes a file and deletes it again.</summary>
    /// <param name="directory">The directory. If it does not exist yet, the place where it would be made is tried.</param>
    /// <returns>Null if it can be written, or if the fault does not pass by itself, such as missing rights.</returns>
    public static DiskFault? Fault(string directory)
    {
        var place = directory;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent)
        {
            place = parent;
        }

        try
        {
            using var trial = new FileStream(
                Path.Combine(place, $"portal-trial-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None,
                bufferSize: 1, FileOptions.DeleteOnClose);
            trial.Write(new byte[Needed]);
            trial.Flush(flushToDisk: true);
            return null;
        }
        catch (IOException fault) when (!OperatingSystem.IsWindows())
        {
            return fault.HResult switch
            {
                NoRoom or QuotaReached => DiskFault.Full,
                ReadOnly => DiskFault.ReadOnly,
                _ => null,
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Temporary reasons why a disk can't be written.</summary>
internal enum DiskFault
{
    /// <summary>The disk is full, or a quota is reached.</summary>
    Full,

    /// <summary>It is mounted read-only, as operating systems do after a disk fault.</summary>
    ReadOnly,
}

/// <summary>The data directory can't be written now. That may pass without a restart.</summary>
internal sealed class DataUnwritableException(DiskFault fault, string directory) : DataRefusedException(fault switch
{
    DiskFault.Full => $"The disk of the data directory {directory} is full. Make room.",
    _ => $"The disk of the data directory {directory} is read-only. Look at the system's log for why, mend the disk and mount it for writing.",
})
{
    /// <summary>The reason.</summary>
    public DiskFault Fault { get; } = fault;

    /// <summary>The directory.</summary>
    public string Directory { get; } = directory;
}
