using System.Xml.Linq;
using Efento.Portal.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Efento.Portal.Access;

/// <summary>
/// The keys that protect cookies and forms. With these keys one could sign in as any user, so only the portal's operating-system user may
/// read them.
/// </summary>
internal sealed class ProtectionKeys(string path, ILoggerFactory log) : FileSystemXmlRepository(Private(path), log)
{
    /// <inheritdoc/>
    public override void StoreElement(XElement element, string friendlyName)
    {
        base.StoreElement(element, friendlyName);
        Narrow(path);
    }

    private static DirectoryInfo Private(string path)
    {
        var directory = new DirectoryInfo(path);
        OwnerOnly.MakeDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            directory.UnixFileMode = OwnerOnly.DirectoryMode;
            Narrow(path);
        }

        return directory;
    }

    private static void Narrow(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var file in new DirectoryInfo(path).EnumerateFiles())
        {
            file.UnixFileMode = OwnerOnly.FileMode;
        }
    }
}
