using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Data.Sqlite;
using Efento.Portal.Tests.Support;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.Access.Audit;

/// <summary>What was done to the database file behind the portal's back is found.</summary>
public sealed class AuditVerifierTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private const string Guards = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'";

    private readonly PortalUnderTest _portal = shared.Portal;

    [Fact]
    public async Task Verify_NothingTampered_CountsAndTellsTheHead()
    {
        await FillAsync();

        var chain = await VerifyAsync();

        Assert.Null(chain.Fault);
        Assert.Equal(_portal.Database.Count("audit_entry"), chain.Count);
        Assert.Equal(_portal.Database.Scalar<string>("SELECT lower(hex(hash)) FROM audit_entry ORDER BY id DESC LIMIT 1"), chain.Head);
    }

    [Theory]
    [InlineData("UPDATE audit_entry SET actor = actor || 'x' WHERE id = 3", "Entry 3 is not as it was written.", 2)]
    [InlineData("UPDATE audit_entry SET at_ms = at_ms + 1 WHERE id = 2", "Entry 2 is not as it was written.", 1)]
    [InlineData("UPDATE audit_entry SET reason = NULL WHERE id = 6", "Entry 6 is not as it was written.", 5)]
    [InlineData("UPDATE audit_entry SET reason = old, old = reason WHERE id = 6", "Entry 6 is not as it was written.", 5)]
    [InlineData("UPDATE audit_entry SET hash = zeroblob(32) WHERE id = 3", "Entry 3 is not as it was written.", 2)]
    [InlineData("DELETE FROM audit_entry WHERE id = 3", "Entry 3 is missing.", 2)]
    [InlineData("DELETE FROM audit_entry WHERE id <= 2", "Entry 1 is missing.", 0)]
    [InlineData("INSERT INTO audit_entry SELECT 0, at_ms, actor_kind, actor, address, action, subject, old, new, reason, previous_hash, hash FROM audit_entry WHERE id = 1", "Entry 0 was put in: the first one is entry 1.", 0)]
    public async Task Verify_EntryTampered_IsNamed(string sql, string fault, long inOrder)
    {
        await FillAsync();

        var chain = await TamperedAsync(sql);

        Assert.Equal((fault, inOrder), (AccessWords.Of(chain.Fault!), chain.Count));
    }

    [Fact]
    public async Task Verify_OfAPolishPage_SaysItInPolish()
    {
        await FillAsync();
        Languages.Use("pl");

        var chain = await TamperedAsync("DELETE FROM audit_entry WHERE id = 3");

        Assert.Equal("Brakuje wpisu 3.", AccessWords.Of(chain.Fault!));
    }

    [Fact]
    public async Task Verify_EntryReplacedWithItsHash_IsNamed()
    {
        await FillAsync();
        var forged = await ForgeAsync(3);

        var chain = await TamperedAsync($"UPDATE audit_entry SET actor = 'forged', hash = x'{forged}' WHERE id = 3");

        Assert.Equal("Entry 4 does not follow entry 3: one of them was replaced.", AccessWords.Of(chain.Fault!));
    }

    [Fact]
    public async Task Verify_EndCutOff_IsFoundByWhatWasKept()
    {
        await FillAsync();
        var kept = await VerifyAsync();

        var chain = await TamperedAsync($"DELETE FROM audit_entry WHERE id > {kept.Count - 2}", new KeptHead(kept.Count, kept.Head));

        Assert.Equal($"Entry {kept.Count - 1} is missing: there were {kept.Count} entries.", AccessWords.Of(chain.Fault!));
    }

    [Fact]
    public async Task Verify_EndCutOff_IsFoundByTheHeadAlone()
    {
        await FillAsync();
        var kept = await VerifyAsync();

        var chain = await TamperedAsync($"DELETE FROM audit_entry WHERE id = {kept.Count}", new KeptHead(null, kept.Head));

        Assert.Contains("No entry has the hash that was kept", AccessWords.Of(chain.Fault!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_EntriesAddedSinceKept_AreInOrder()
    {
        await FillAsync();
        var kept = await VerifyAsync();
        await FillAsync();

        var chain = await _portal.Get<AuditVerifier>().VerifyAsync(new KeptHead(kept.Count, kept.Head.ToUpperInvariant()));

        Assert.Null(chain.Fault);
        Assert.True(chain.Count > kept.Count);
    }

    [Fact]
    public async Task Verify_AnotherHashKept_IsSaid()
    {
        await FillAsync();
        var kept = await VerifyAsync();

        var chain = await _portal.Get<AuditVerifier>().VerifyAsync(new KeptHead(kept.Count, new string('a', 64)));

        Assert.Equal(
            $"Entry {kept.Count} or one before it was replaced: its hash is not the one that was kept.", AccessWords.Of(chain.Fault!));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("half a \ud83d character")]
    [InlineData("\ud83d\ude00 <script> é \u2028 \r\n \"")]
    [InlineData("")]
    public async Task Verify_StrangeText_IsInOrder(string text)
    {
        await AddAsync(text);

        Assert.Null((await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task Verify_TextCutInACharacter_IsInOrder()
    {
        await AddAsync(string.Concat(Enumerable.Repeat("\ud83d\ude00", 1500)).Insert(0, "x"));

        Assert.Null((await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task Verify_WhileEntriesAreWritten_IsInOrder()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AddAsync("meanwhile")));
        do
        {
            Assert.Null((await VerifyAsync()).Fault);
        }
        while (!writing.IsCompleted);

        await writing;
    }

    [Fact]
    public async Task Verify_TriggerGone_IsSaid()
    {
        await FillAsync();

        var chain = await TamperedAsync("SELECT 1", restore: false);

        Assert.Contains("audit_entry_is_not_changed is missing", AccessWords.Of(chain.Fault!), StringComparison.Ordinal);
    }

    private Task<AuditChain> VerifyAsync() => _portal.Get<AuditVerifier>().VerifyAsync();

    /// <summary>Verifies a copy of the database, whose triggers were dropped for a moment to change it.</summary>
    private async Task<AuditChain> TamperedAsync(string sql, KeptHead? kept = null, bool restore = true)
    {
        using var directory = new TemporaryDirectory();
        var copy = new PortalDatabase(directory.Path);
        _portal.Database.Execute($"VACUUM INTO '{copy.Path}'");
        var triggers = string.Join(";", copy.Lines(Guards));
        copy.Execute(
            $"DROP TRIGGER audit_entry_is_not_changed; DROP TRIGGER audit_entry_is_not_deleted; {sql}; {(restore ? triggers : "")}");
        return await new AuditVerifier(new Databases(copy.Path), new SqliteDatabase(directory.Path)).VerifyAsync(kept);
    }

    private async Task<string> ForgeAsync(long id)
    {
        var entry = (await _portal.Get<AuditQuery>().ReadAsync(new AuditFilter(), id + 1, 1)).Entries[0];
        return Convert.ToHexString(AuditHash.Of(new AuditEntry
        {
            Id = entry.Id,
            AtMs = entry.AtMs,
            ActorKind = entry.ActorKind,
            Actor = "forged",
            Address = entry.Address,
            Action = entry.Action,
            Subject = entry.Subject,
            Old = entry.Old,
            New = entry.New,
            Reason = entry.Reason,
            PreviousHash = entry.PreviousHash,
            Hash = [],
        }));
    }

    private async Task FillAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            await AddAsync($"change {i}");
        }
    }

    private Task AddAsync(string subject) => _portal.Get<WriteGate>().WriteAsync(
        db => _portal.Get<AuditTrail>().AddAsync(
            db, new Actor(ActorKind.Person, "somebody", "192.0.2.1"), new AuditNote("tested", subject, "old", "new", "why")));
}
