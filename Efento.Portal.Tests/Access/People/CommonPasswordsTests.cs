using Efento.Portal.Access;

namespace Efento.Portal.Tests.Access.People;

public sealed class CommonPasswordsTests
{
    private readonly CommonPasswords _common = new();

    [Fact]
    public void List_ComesWithTheProgram() => Assert.True(_common.Count > 40_000);

    [Theory]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("1QAZ2wsx3edc")]
    [InlineData("password1234")]
    [InlineData("Password1234!")]
    [InlineData("passwordpassword")]
    [InlineData("dragonmonkey12")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("x9!x9!x9!x9!x9!")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiopasdf")]
    public void Contains_TriedFirst_IsTrue(string password) => Assert.True(_common.Contains(password));

    [Theory]
    [InlineData("a password of the tests")]
    [InlineData("kX9mQ2vL7pRz")]
    [InlineData("lamp river cheese anvil")]
    [InlineData("tchglwqoznvy")]
    [InlineData("dragon8274monkey!5")]
    public void Contains_HardToGuess_IsFalse(string password) => Assert.False(_common.Contains(password));
}
