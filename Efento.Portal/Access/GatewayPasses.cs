using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.Primitives;

namespace Efento.Portal.Access;

/// <summary>A snapshot of all gateway tokens. A token is found by its text, or by its first header if only headers are required.</summary>
internal sealed class GatewayPasses
{
    /// <summary>The header gateways send their token in.</summary>
    public const string TokenHeader = "X-Api-Token";

    private readonly FrozenDictionary<TokenHash, GatewayPass> _byToken;
    private readonly FrozenDictionary<int, GatewayPass> _byId;
    private readonly (string Name, FrozenDictionary<TokenHash, GatewayPass[]> ByValue)[] _byHeader;

    public GatewayPasses(IReadOnlyCollection<GatewayPass> passes)
    {
        _byId = passes.ToFrozenDictionary(p => p.TokenId);
        _byToken = passes.Where(p => !p.IsHeadersOnly).ToFrozenDictionary(p => p.Hash);

        // If one token requires more headers than another, the stricter one is tried first.
        _byHeader =
        [
            .. passes.Where(p => p.IsHeadersOnly && p.Headers.Count > 0)
                .GroupBy(p => p.Headers[0].Name, StringComparer.OrdinalIgnoreCase)
                .Select(name => (name.Key, name.GroupBy(p => p.Headers[0].Value)
                    .ToFrozenDictionary(value => value.Key, value => value.OrderByDescending(p => p.Headers.Count).ToArray()))),
        ];
    }

    public static GatewayPasses None { get; } = new([]);

    public GatewayPass? Find(int tokenId) => _byId.GetValueOrDefault(tokenId);

    public TokenCheck Check(IHeaderDictionary headers, IPAddress address, TimeProvider time)
    {
        var sent = headers[TokenHeader];
        if (OneOf(sent) is { Length: > 0 } presented && _byToken.TryGetValue(TokenHash.Of(presented), out var pass))
        {
            return pass.Check(headers, address, time);
        }

        // A gateway with an empty token field sends no heartbeats. So any text is accepted in that field if only headers are required.
        return CheckHeaders(headers, address, time)
            ?? new TokenCheck(sent.ToString().Length == 0 ? TokenVerdict.Missing : TokenVerdict.Unknown);
    }

    /// <summary>
    /// The value of a header. Some devices send it twice with the same value, which is fine. Null if it is missing or has different values.
    /// </summary>
    internal static string? OneOf(in StringValues sent)
    {
        for (var i = 1; i < sent.Count; i++)
        {
            if (sent[i] != sent[0])
            {
                return null;
            }
        }

        return sent.Count > 0 ? sent[0] ?? "" : null;
    }

    private TokenCheck? CheckHeaders(IHeaderDictionary headers, IPAddress address, TimeProvider time)
    {
        TokenCheck? refusal = null;
        foreach (var (name, byValue) in _byHeader)
        {
            var sent = headers[name];
            if (sent.Count == 0)
            {
                continue;
            }

            refusal ??= new TokenCheck(TokenVerdict.HeaderWrong, null, name);
            foreach (var pass in OneOf(sent) is { } value ? byValue.GetValueOrDefault(TokenHash.Of(value), []) : [])
            {
                var check = pass.Check(headers, address, time);
                if (check.Verdict is TokenVerdict.Valid)
                {
                    return check;
                }

                refusal = check;
            }
        }

        return refusal;
    }
}
