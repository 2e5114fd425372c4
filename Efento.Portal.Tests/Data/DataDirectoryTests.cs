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

        // Windows gives a directory the rights of the one it is made in.
        var expected = OperatingSystem.IsWindows()
            ? UnixFileMode.None
            : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(expected, OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path));
    }
}
