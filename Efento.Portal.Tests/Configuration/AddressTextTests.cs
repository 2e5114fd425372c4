using Efento.Portal.Configuration;

namespace Efento.Portal.Tests.Configuration;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("https://portal.example.com", "https://portal.example.com")]
    [InlineData(" HTTPS://Portal.Example.com/ ", "https://portal.example.com")]
    [InlineData("http://192.0.2.17:5080", "http://192.0.2.17:5080")]
    [InlineData("https://portal.example.com:443", "https://portal.example.com")]
    [InlineData("http://[2001:db8::1]:5080/", "http://[2001:db8::1]:5080")]
    [InlineData("http://localhost:5080", "http://localhost:5080")]
    public void Read_AnAddress_IsIt(string text, string expected) => Assert.Equal(expected, AddressText.Of(AddressText.Read(text)!));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("portal.example.com")]
    [InlineData("ftp://portal.example.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https:portal.example.com")]
    [InlineData("https://")]
    [InlineData("https:///path")]
    [InlineData("https://portal.example.com/portal")]
    [InlineData("https://portal.example.com/?x=1")]
    [InlineData("https://portal.example.com?")]
    [InlineData("https://portal.example.com/#top")]
    [InlineData("https://anna:secret@portal.example.com")]
    [InlineData("https://portal.example.com@evil.example")]
    [InlineData("https://portal.example.com\\@evil.example")]
    [InlineData("https://portal example.com")]
    [InlineData("https://portal.example.com:0")]
    [InlineData("https://portal.example.com:99999")]
    [InlineData("https://portal.example.com\r\nX-Evil: 1")]
    public void Read_AnythingElse_IsNone(string? text) => Assert.Null(AddressText.Read(text));

    [Fact]
    public void Read_TooLong_IsNone() => Assert.Null(AddressText.Read($"https://{new string('a', AddressText.MostLetters)}.example"));
}
