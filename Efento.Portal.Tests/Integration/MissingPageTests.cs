using System.Net;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

public sealed class MissingPageTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    [Fact]
    public async Task Address_ThatIsNone_IsExplainedToABrowser()
    {
        using var nobody = new PeopleClient(shared.Portal.Address);

        using var answer = await nobody.GetAsync("no/such/page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
