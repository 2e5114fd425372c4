namespace Efento.Portal.Configuration;

/// <summary>Identifies a version of a file by its time and size, after following links.</summary>
internal readonly record struct FileStamp(DateTime ChangedUtc, long Length)
{
    /// <summary>
    /// The present stamp of a file; null if there is none. If the file can't be read now, the result is <paramref name="before"/>.
    /// </summary>
    public static FileStamp? Of(string path, FileStamp? before)
    {
        try
        {
            FileSystemInfo file = new FileInfo(path);
            if (!file.Exists)
            {
                // A missing file is normal. Following its link would throw, twice a second for ever.
                return null;
            }

            file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return file is FileInfo { Exists: true } found ? new FileStamp(found.LastWriteTimeUtc, found.Length) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return before;
        }
    }
}
