using Efento.Portal.Access;
using Efento.Portal.Tests.Devices.Administration;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Access.People;

public sealed class SiteSettingsTests : AdministrationContext
{
    private SiteSettings Changing => Portal.Get<SiteSettings>();

    private Site Now => Portal.Get<PeopleDirectory>().Site!;

    [Fact]
    public async Task ChangeAsync_NameZoneAndLanguage_AreTheSitesAndAudited()
    {
        var seen = SiteFacts.Of(Now);

        Assert.Empty(await Changing.ChangeAsync(Anna, seen, new SiteFacts(" Cold store ", "Europe/Warsaw", "pl")));

        Assert.Equal(new SiteFacts("Cold store", "Europe/Warsaw", "pl"), SiteFacts.Of(Now));
        Assert.Equal([$"anna@portal.test|site changed|{seen.Name}|{seen}|Cold store, Europe/Warsaw, pl|"], Audited("site changed"));
    }

    [Fact]
    public async Task ChangeAsync_ChangedMeanwhile_IsToldAndOverwritesNothing()
    {
        var seen = SiteFacts.Of(Now);
        await Changing.ChangeAsync(Anna, seen, seen with { Name = "Cold store" });

        var faults = await Changing.ChangeAsync(Anna, seen, seen with { Name = "Pharmacy" });

        Assert.Equal([AccessFaultKind.SiteChanged], faults.Select(f => f.Kind));
        Assert.Equal("Cold store", Now.Name);
        Assert.Single(Audited("site changed"));
    }

    [Fact]
    public async Task ChangeAsync_AddressChangedMeanwhile_IsAnotherMatter()
    {
        var seen = SiteFacts.Of(Now);
        await Changing.SetAddressAsync(Anna, null, "https://portal.example.com");

        Assert.Empty(await Changing.ChangeAsync(Anna, seen, seen with { Name = "Pharmacy" }));

        Assert.Equal(("Pharmacy", "https://portal.example.com"), (Now.Name, Now.PublicAddress));
    }

    [Theory]
    [InlineData(" ", "Europe/Warsaw", "pl", AccessFaultKind.SiteName)]
    [InlineData("Two\nlines", "Europe/Warsaw", "pl", AccessFaultKind.SiteName)]
    [InlineData("Pharmacy", "Mars/Olympus", "pl", AccessFaultKind.SiteLists)]
    [InlineData("Pharmacy", "Europe/Warsaw", "xx", AccessFaultKind.SiteLists)]
    public async Task ChangeAsync_WhatCanNotBe_IsRefused(string name, string zone, string language, AccessFaultKind expected)
    {
        var seen = SiteFacts.Of(Now);

        var faults = await Changing.ChangeAsync(Anna, seen, new SiteFacts(name, zone, language));

        Assert.Equal([expected], faults.Select(f => f.Kind));
        Assert.Equal(seen, SiteFacts.Of(Now));
    }

    [Fact]
    public async Task ChangeAsync_NameTooLong_IsRefusedAndNotCut()
    {
        var seen = SiteFacts.Of(Now);

        Assert.Single(await Changing.ChangeAsync(Anna, seen, seen with { Name = new string('x', Site.MostLetters + 1) }));

        Assert.Equal(seen, SiteFacts.Of(Now));
    }

    [Fact]
    public async Task ChangeAsync_NothingNew_WritesNoEntry()
    {
        var seen = SiteFacts.Of(Now);

        Assert.Empty(await Changing.ChangeAsync(Anna, seen, seen));

        Assert.Empty(Audited("site changed"));
    }

    [Fact]
    public async Task ChangeAsync_AuditFails_KeepsTheSite()
    {
        var seen = SiteFacts.Of(Now);
        BreakAudit();

        await Assert.ThrowsAsync<DbUpdateException>(() => Changing.ChangeAsync(Anna, seen, seen with { Name = "Cold store" }));

        Assert.Equal(seen, SiteFacts.Of(Now));
        Assert.Equal(seen.Name, Portal.Database.Lines("SELECT name FROM site").Single());
    }

    [Fact]
    public async Task SetAddressAsync_AnAddress_BeginsLinksAndIsAudited()
    {
        Assert.Empty(await Changing.SetAddressAsync(Anna, null, " https://Portal.Example.com/ "));

        Assert.Equal("https://portal.example.com/points/1", Portal.Get<PublicAddress>().LinkTo("points/1"));
        Assert.Equal(
            [$"anna@portal.test|public address changed|{Now.Name}||https://portal.example.com|"], Audited("public address changed"));
    }

    [Fact]
    public async Task SetAddressAsync_None_TakesItAway()
    {
        await Changing.SetAddressAsync(Anna, null, "https://portal.example.com");

        Assert.Empty(await Changing.SetAddressAsync(Anna, "https://portal.example.com", " "));

        Assert.Null(Portal.Get<PublicAddress>().LinkTo("points/1"));
    }

    [Fact]
    public async Task SetAddressAsync_NoAddress_IsRefused()
    {
        Assert.Equal(
            [AccessFaultKind.PublicAddress], (await Changing.SetAddressAsync(Anna, null, "portal.example.com/x")).Select(f => f.Kind));
        Assert.Null(Now.PublicAddress);
    }

    [Fact]
    public async Task SetAddressAsync_ChangedMeanwhile_IsToldAndOverwritesNothing()
    {
        await Changing.SetAddressAsync(Anna, null, "https://portal.example.com");

        Assert.Equal(
            [AccessFaultKind.SiteChanged],
            (await Changing.SetAddressAsync(Anna, null, "https://other.example.com")).Select(f => f.Kind));
        Assert.Equal("https://portal.example.com", Now.PublicAddress);
    }
}
