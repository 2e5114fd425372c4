using System.Runtime.ExceptionServices;
using Efento.Portal.Configuration;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Configuration;

public sealed class FileStampTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string File => Path.Combine(_directory.Path, "appsettings.json");

    [Fact]
    public void Of_NoFile_IsNullWithoutAnException()
    {
        var (thread, thrown) = (Environment.CurrentManagedThreadId, 0);
        AppDomain.CurrentDomain.FirstChanceException += Count;

        var stamp = FileStamp.Of(File, before: new FileStamp(DateTime.UnixEpoch, 1));

        AppDomain.CurrentDomain.FirstChanceException -= Count;
        Assert.Equal((null, 0), (stamp, thrown));

        void Count(object? sender, FirstChanceExceptionEventArgs e) => thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
    }

    [Fact]
    public void Of_ALinkThatLeadsNowhere_IsNull()
    {
        System.IO.File.CreateSymbolicLink(File, "nowhere");

        Assert.Null(FileStamp.Of(File, before: null));
    }

    public void Dispose() => _directory.Dispose();
}
