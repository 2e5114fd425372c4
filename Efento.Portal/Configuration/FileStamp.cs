namespace Efento.Portal.Configuration;

/// <summary>Tells whether a file changed: by time and size, links followed to their end.</summary>
internal readonly record struct FileStamp(DateTime ChangedUtc, long Length)
{
    /// <summary>The stamp of a file now; null if there is none. What can't be looked at now is as it was <paramref name="before"/>.</summary>
    public static FileStamp? Of(string path, FileStamp? before)
    {
        try
        {
            FileSystemInfo file = new FileInfo(path);
            if (!file.Exists)
            {
                // Usual: asked where its link leads, it would throw, twice a second for ever.
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
