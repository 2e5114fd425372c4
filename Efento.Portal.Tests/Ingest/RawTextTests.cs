using System.Text;
using Efento.Portal.Ingest;

namespace Efento.Portal.Tests.Ingest;

public sealed class RawTextTests
{
    public static TheoryData<byte[], string> Shown => new()
    {
        { "{\"ä\": 1}"u8.ToArray(), "{\"ä\": 1}" },
        { "a\nb"u8.ToArray(), "a\nb" },
        { [0, 9, 13, 27, 127], "‹U+0000›\t‹U+000D›‹U+001B›‹U+007F›" },
        { [0x61, 0xff, 0xc3, 0x28], "a��(" },
        { Encoding.UTF8.GetBytes("a\u202Eb\u200B\uFEFF\u0085"), "a‹U+202E›b‹U+200B›‹U+FEFF›‹U+0085›" },
        { "<script>"u8.ToArray(), "<script>" },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void Show_HostileBytes_AreVisible(byte[] raw, string expected) => Assert.Equal(expected, RawText.Show(raw));

    [Theory]
    [InlineData(RawText.MostBytes, false)]
    [InlineData(RawText.MostBytes + 1, true)]
    public void Read_LongText_IsCutAndCounted(int length, bool isCut)
    {
        var text = RawText.Read(new MemoryStream(Encoding.ASCII.GetBytes(new string('x', length))));

        Assert.Equal((length, isCut, RawText.MostBytes), (text.Bytes, text.IsCut, text.Text.Length));
    }
}
