using Efento.Portal.Data.Sqlite;

namespace Efento.Portal.Data;

/// <summary>How large the database is, and what its disk has left.</summary>
internal sealed class DataSizes(DataDirectory directory)
{
    /// <summary>The size of the database file in bytes.</summary>
    public long DatabaseBytes => SizeOf(SqliteDatabase.FileName);

    /// <summary>The size of its log in bytes; 0 if there is none.</summary>
    public long LogBytes => SizeOf(SqliteDatabase.LogName);

    /// <summary>The size of the disk with the data directory, and what the portal's user may still write to it, in bytes.</summary>
    /// <exception cref="IOException">The disk can't be asked.</exception>
    public (long Size, long Free) Disk()
    {
        var disk = new DriveInfo(directory.Path);
        return (disk.TotalSize, disk.AvailableFreeSpace);
    }

    private long SizeOf(string name) => new FileInfo(directory[name]) is { Exists: true } file ? file.Length : 0;
}
