using System.Text;
using Efento.Portal.Simulation;

namespace Efento.Portal.Tests.Simulation;

/// <summary>The reply's body is checked: each handle sent, exactly once.</summary>
public sealed class SyncAnswerTests
{
    private static readonly HashSet<long> Sent = [0, 1];

    [Theory]
    [InlineData("""{"Y":[0,1],"N":[]}""")]
    [InlineData("""{"Y":[],"N":[1,0]}""")]
    [InlineData("""{"N":[1],"Y":[0]}""")]
    public void ToMeasurements_EachHandleOnce_IsFine(string body) =>
        Assert.Empty(SyncAnswer.ToMeasurements(Reply(body), Sent).Violations);

    [Theory]
    [InlineData("""{"Y":[0],"N":[]}""", "handle 1 stands in neither list")]
    [InlineData("""{"Y":[0,1,1],"N":[]}""", "handle 1 stands twice in \"Y\"")]
    [InlineData("""{"Y":[0,1],"N":[1]}""", "handle 1 stands in both lists")]
    [InlineData("""{"Y":[0,1],"N":[2]}""", "handle 2 wasn't sent")]
    [InlineData("""{"Y":[0,1,"1"],"N":[]}""", "\"Y\" holds \"1\", which is no handle")]
    public void ToMeasurements_WrongHandles_IsReported(string body, string detail) =>
        Assert.Equal([(ViolationKind.Handles, detail)], SyncAnswer.ToMeasurements(Reply(body), Sent).Violations);

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("[]")]
    [InlineData("""{"Y":[0,1]}""")]
    [InlineData("""{"Y":[0,1],"N":null}""")]
    public void ToMeasurements_NotTheDocumentedBody_IsReported(string body) =>
        Assert.Equal(ViolationKind.Body, Assert.Single(SyncAnswer.ToMeasurements(Reply(body), Sent).Violations).Kind);

    [Fact]
    public void ToMeasurements_NotJsonByItsType_IsReported()
    {
        var reply = Reply("""{"Y":[0,1],"N":[]}""") with { ContentType = "text/plain" };

        Assert.Equal(ViolationKind.ContentType, Assert.Single(SyncAnswer.ToMeasurements(reply, Sent).Violations).Kind);
    }

    [Fact]
    public void ToHeartbeat_EmptyObject_IsFine() => Assert.Empty(SyncAnswer.ToHeartbeat(Reply("{}")).Violations);

    [Fact]
    public void ToHeartbeat_AnythingElse_IsReported() =>
        Assert.Equal(ViolationKind.Body, Assert.Single(SyncAnswer.ToHeartbeat(Reply("""{"ok":true}""")).Violations).Kind);

    [Theory]
    [InlineData(307, false, false, true, ViolationKind.Redirect)]
    [InlineData(201, true, false, true, ViolationKind.Cookie)]
    [InlineData(201, false, true, true, ViolationKind.Compressed)]
    [InlineData(201, false, false, false, ViolationKind.NoContentLength)]
    public void Violations_ForbiddenTrait_IsReported(int status, bool cookie, bool compressed, bool length, ViolationKind kind)
    {
        var reply = Reply("{}") with { Status = status, HasCookie = cookie, IsCompressed = compressed, HasContentLength = length };

        Assert.Equal(kind, Assert.Single(reply.Violations()).Kind);
    }

    private static GatewayReply Reply(string body) => new(201, 4, "application/json", true, false, false, Encoding.UTF8.GetBytes(body));
}
