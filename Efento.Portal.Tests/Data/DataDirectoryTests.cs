using Efento.Portal.Data;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Data;

public sealed class DataDirectoryTests
{
    [Fact]
    public void TryLock_NewDirectory_IsForItsUserAlone()
    {
        using var parent = new TemporaryDirectory();
        var path = Path.Combine(parent.Path, "data");
        using var directory = new DataDirectory(path);

        Assert.True(directory.TryLock());

        Assert.Equal("rwx------", OperatingSystem.IsWindows() ? "rwx------" : Rights(path));
    }

    private static string Rights(string path)
    {
        var mode = (int)File.GetUnixFileMode(path);
        return string.Concat("rwxrwxrwx".Select((letter, i) => (mode & (1 << (8 - i))) == 0 ? '-' : letter));
    }
}
