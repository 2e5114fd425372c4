using System.Text;
using Efento.Portal.Backup;
using Efento.Portal.Backup.Archive;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Backup;

/// <summary>The file of a backup, whole, damaged and crafted.</summary>
public sealed class ArchiveTests
{
    private const string Passphrase = "lamp river cheese anvil";

    private static readonly byte[] Key = Encoding.ASCII.GetBytes("<key/>");

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public void Unpack_AsWritten_GivesTheSame(string? passphrase)
    {
        Dictionary<string, byte[]> unpacked = [];

        Assert.Null(CraftedArchive.FaultOf(Written(passphrase), passphrase, unpacked));

        Assert.Equal(["portal.db", "keys/key-1.xml"], unpacked.Keys);
        Assert.Equal(CraftedArchive.Database, unpacked["portal.db"]);
        Assert.Equal(Key, unpacked["keys/key-1.xml"]);
    }

    [Theory]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(200_000)]
    public void Unpack_OfManyPieces_GivesTheSame(int bytes)
    {
        // Nothing in it can be compressed.
        var content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        var target = new MemoryStream();
        ArchiveWriter.Write(
            target, Passphrase, CraftedArchive.Manifest(CraftedArchive.File("portal.db", content)), _ => new MemoryStream(content),
            TestContext.Current.CancellationToken);
        Dictionary<string, byte[]> unpacked = [];

        Assert.Null(CraftedArchive.FaultOf(target, Passphrase, unpacked));
        Assert.Equal(content, unpacked["portal.db"]);
    }

    [Fact]
    public void Verify_AnyBitFlipped_Refuses()
    {
        var whole = Written(null).ToArray();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            Assert.NotNull(CraftedArchive.FaultOf(Flipped(whole, bit)));
        }
    }

    [Fact]
    public void Verify_EncryptedAndABitFlipped_Refuses()
    {
        var whole = Written(Passphrase).ToArray();

        // A bit of each part: the word, the salt, the header, the beginning, the middle and the end of the only piece.
        foreach (var at in (int[])[0, 15, 16, 31, 32, 55, 56, whole.Length / 2, whole.Length - 1])
        {
            Assert.NotNull(CraftedArchive.FaultOf(Flipped(whole, (at * 8) + 3), Passphrase));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public void Verify_CutOrLonger_Refuses(string? passphrase)
    {
        var whole = Written(passphrase).ToArray();

        foreach (var length in (int[])[0, 1, 15, 16, 40, 56, whole.Length / 2, whole.Length - 1])
        {
            Assert.NotNull(CraftedArchive.FaultOf(new MemoryStream(whole[..length]), passphrase));
        }

        Assert.NotNull(CraftedArchive.FaultOf(new MemoryStream([.. whole, 0]), passphrase));
    }

    [Fact]
    public void Verify_WrongPassphraseOrNone_SaysWhich()
    {
        var written = Written(Passphrase);

        Assert.Equal(BackupFaultKind.PassphraseWrong, CraftedArchive.FaultOf(written, "lamp river cheese anvils"));
        Assert.Equal(BackupFaultKind.PassphraseMissing, CraftedArchive.FaultOf(written));
    }

    [Fact]
    public void Verify_AnotherFile_IsNoBackup() =>
        Assert.Equal(BackupFaultKind.NoBackup, CraftedArchive.FaultOf(new MemoryStream("SQLite format 3"u8.ToArray())));

    [Theory]
    [InlineData("../portal.db")]
    [InlineData("keys/../../escape.xml")]
    [InlineData("/etc/cron.d/escape.xml")]
    [InlineData("keys/..xml")]
    [InlineData("keys/a\\b.xml")]
    [InlineData("portal.lock")]
    [InlineData("portal-restored.json")]
    public void Unpack_NameThatLeadsElsewhere_Refuses(string name)
    {
        var (database, escape) = (CraftedArchive.File("portal.db", CraftedArchive.Database), CraftedArchive.File(name, Key));

        Assert.Equal(
            BackupFaultKind.NameInside,
            CraftedArchive.FaultOf(
                CraftedArchive.Of(CraftedArchive.Manifest(database, escape), ("portal.db", CraftedArchive.Database), (name, Key))));

        // Not announced, but there.
        Assert.NotNull(
            CraftedArchive.FaultOf(
                CraftedArchive.Of(CraftedArchive.Manifest(database), ("portal.db", CraftedArchive.Database), (name, Key))));
        Assert.NotNull(
            CraftedArchive.FaultOf(CraftedArchive.Of(CraftedArchive.Manifest(database), (name, CraftedArchive.Database))));
    }

    [Fact]
    public void Unpack_SameNameTwice_Refuses()
    {
        var database = CraftedArchive.File("portal.db", CraftedArchive.Database);

        Assert.Equal(
            BackupFaultKind.NameInside,
            CraftedArchive.FaultOf(
                CraftedArchive.Of(
                    CraftedArchive.Manifest(database, database), ("portal.db", CraftedArchive.Database),
                    ("portal.db", CraftedArchive.Database))));
    }

    [Fact]
    public void Unpack_MoreThanTheManifestSays_Refuses()
    {
        var announced = CraftedArchive.File("portal.db", CraftedArchive.Database);
        byte[] longer = [.. CraftedArchive.Database, 1];

        Assert.Equal(
            BackupFaultKind.TooMuch, CraftedArchive.FaultOf(CraftedArchive.Of(CraftedArchive.Manifest(announced), ("portal.db", longer))));
    }

    [Fact]
    public void Unpack_LessThanTheManifestSays_Refuses()
    {
        var announced = CraftedArchive.File("portal.db", CraftedArchive.Database);

        Assert.Equal(
            BackupFaultKind.Missing,
            CraftedArchive.FaultOf(CraftedArchive.Of(CraftedArchive.Manifest(announced), ("portal.db", CraftedArchive.Database[..^1]))));
        Assert.Equal(BackupFaultKind.Missing, CraftedArchive.FaultOf(CraftedArchive.Of(CraftedArchive.Manifest(announced))));
        Assert.Equal(BackupFaultKind.Missing, CraftedArchive.FaultOf(CraftedArchive.Of(CraftedArchive.Manifest())));
    }

    [Fact]
    public void Unpack_AFewBytesThatBecomeMany_StopsEarly()
    {
        // 200 MB of zeros are 200 KB in the file.
        var archive = CraftedArchive.Of(
            CraftedArchive.Manifest(CraftedArchive.File("portal.db", CraftedArchive.Database)), ("manifest.json", new byte[200 << 20]));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.NotNull(CraftedArchive.FaultOf(archive));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50 << 20);
    }

    [Fact]
    public void Unpack_OtherContentOfTheSameLength_Refuses()
    {
        var announced = CraftedArchive.File("portal.db", CraftedArchive.Database);
        byte[] other = [.. CraftedArchive.Database];
        other[7] ^= 1;

        Assert.Equal(
            BackupFaultKind.WrongHash, CraftedArchive.FaultOf(CraftedArchive.Of(CraftedArchive.Manifest(announced), ("portal.db", other))));
    }

    [Fact]
    public void Unpack_OfANewerForm_SaysSo()
    {
        var manifest = CraftedArchive.Manifest(CraftedArchive.File("portal.db", CraftedArchive.Database)) with { Format = 2 };

        Assert.Equal(BackupFaultKind.Newer, CraftedArchive.FaultOf(CraftedArchive.Of(manifest, ("portal.db", CraftedArchive.Database))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void Unpack_NoManifest_IsNoBackup(string manifest) =>
        Assert.Equal(BackupFaultKind.NoBackup, CraftedArchive.FaultOf(CraftedArchive.Of(Encoding.UTF8.GetBytes(manifest))));

    [Fact]
    public async Task Written_WithoutAPassphrase_IsUnpackedByTar()
    {
        using var place = new TemporaryDirectory();
        var path = Path.Combine(place.Path, "backup.tar.gz");
        await File.WriteAllBytesAsync(path, Written(null).ToArray(), TestContext.Current.CancellationToken);

        await Commands.RunAsync("tar", "-xzf", path, "-C", place.Path);

        Assert.Equal(
            CraftedArchive.Database,
            await File.ReadAllBytesAsync(Path.Combine(place.Path, "portal.db"), TestContext.Current.CancellationToken));
    }

    private static MemoryStream Written(string? passphrase)
    {
        var manifest = CraftedArchive.Manifest(
            CraftedArchive.File("portal.db", CraftedArchive.Database), CraftedArchive.File("keys/key-1.xml", Key));
        var target = new MemoryStream();
        ArchiveWriter.Write(
            target, passphrase, manifest, file => new MemoryStream(file.Name == "portal.db" ? CraftedArchive.Database : Key),
            TestContext.Current.CancellationToken);
        return target;
    }

    private static MemoryStream Flipped(byte[] whole, int bit)
    {
        byte[] changed = [.. whole];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return new MemoryStream(changed);
    }
}
