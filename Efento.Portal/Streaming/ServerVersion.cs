using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Efento.Portal.Streaming;

/// <summary>The version of the portal. It changes with every update of the program or of the wall board's files.</summary>
internal sealed class ServerVersion(IWebHostEnvironment environment)
{
    private static readonly string[] Files = ["assets/wall.js", "assets/wall.css"];

    /// <summary>The version, as 16 hexadecimal digits.</summary>
    public string Text { get; } = Of(environment.WebRootFileProvider);

    private static string Of(IFileProvider files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(ServerVersion).Module.ModuleVersionId.ToByteArray());
        foreach (var file in Files)
        {
            using var stream = files.GetFileInfo(file).CreateReadStream();
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
