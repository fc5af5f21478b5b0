using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace ForensicHeads.Detector.Model;

/// <summary>What an ML.NET archive may hold before ML.NET sees it: the parts that our own trainers write, and nothing that reads, loads or
/// fetches something else.</summary>
/// <remarks>
/// An ML.NET archive names, part by part, the class that loads it (a signature) and the assembly that this class lies in; loaders exist
/// that open any path or fetch models. So every part's header is read here, and any other signature, assembly or entry refuses the whole.
/// Layout of a header: <c>ModelHeader</c> of Microsoft.ML.Core, 256 bytes, little-endian.
/// </remarks>
internal static partial class ModelArchive
{
    private const string HeaderName = "Model.key";
    private const int HeaderBytes = 256;
    private const int SignatureOffset = 0x50;
    private const int OtherSignatureOffset = 0x68;
    private const int SignatureBytes = 24;
    private const int AssemblyOffset = 0x90;
    private const int TextOffset = 0x30;
    private const string Expression = "ExprTransform";

    private static readonly HashSet<string> Signatures = new(StringComparer.Ordinal)
    {
        "TransformerChain", "NAReplaceTransform", "Normalizer", "AffineNormExec", "BinaryPredXfer", "FeatWCaliPredExec", "PMixCaliPredExec",
            "PlattCaliExec",
        "LightGBMBinaryExec", "Linear2CExec", "FastForestBinaryExec", "PriorPredictor", Expression,
    };

    private static readonly HashSet<string> Assemblies = new(StringComparer.Ordinal)
    {
        "Microsoft.ML.Data", "Microsoft.ML.Transforms", "Microsoft.ML.StandardTrainers", "Microsoft.ML.FastTree", "Microsoft.ML.LightGbm",
    };

    /// <summary>Checks an archive.</summary>
    /// <exception cref="UserErrorException">It is too large, or holds something that no trainer of this toolkit writes.</exception>
    /// <exception cref="InvalidDataException">Not a zip archive, or a damaged one.</exception>
    public static void Check(byte[] zip)
    {
        ZipLimits.Check(zip);
        using var archive = new ZipArchive(new MemoryStream(zip, writable: false), ZipArchiveMode.Read);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in archive.Entries)
        {
            if (!Entry().IsMatch(entry.FullName) || !seen.Add(entry.FullName)) throw Refused($"the entry '{entry.FullName}'");
            if (entry.Name == HeaderName) CheckPart(entry.FullName, Bytes(entry));
        }
    }

    private static void CheckPart(string name, byte[] part)
    {
        if (part.Length < HeaderBytes || !part.AsSpan().StartsWith("ML\0MODEL"u8)) throw new InvalidDataException($"{name} has no header");
        var signature = Signature(part, SignatureOffset);
        if (!Signatures.Contains(signature)) throw Refused($"a part that is loaded as '{signature}'");
        if (Signature(part, OtherSignatureOffset).Length > 0) throw Refused(
            $"a part with a second loader '{Signature(part, OtherSignatureOffset)}'");
        var assembly = Text(part, AssemblyOffset).Split(',')[0];
        if (!Assemblies.Contains(assembly)) throw Refused($"a part of the assembly '{assembly}'");
        if (signature == Expression && !Logit().IsMatch(Text(part, TextOffset)))
            throw Refused($"the expression '{Text(part, TextOffset)}'");
    }

    private static string Signature(byte[] part, int at) => Encoding.Latin1.GetString(part, at, SignatureBytes).TrimEnd('\0');

    // A place of the header that holds the position and the length in bytes of UTF-16 text.
    private static string Text(byte[] part, int at)
    {
        var (from, length) = (BitConverter.ToInt64(part, at), BitConverter.ToInt64(part, at + 8));
        if (from < 0 || length < 0 || from > part.Length || length > part.Length - from)
            throw new InvalidDataException("a text lies outside its part");
        return Encoding.Unicode.GetString(part, (int)from, (int)length);
    }

    /// <summary>An entry, unpacked; its archive must have passed <see cref="ZipLimits"/>.</summary>
    public static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static UserErrorException Refused(string what) =>
        new($"The model holds {what}, which no trainer of this toolkit writes. It was not opened. Do not use this detector.");

    [GeneratedRegex(
        @"^(Schema|TrainingInfo/Version\.txt|"
        + @"TransformerChain/((Transform_[0-9]{3}|Normalizer_[0-9]{3}|Model|Predictor|Calibrator)/){0,6}"
        + @"(Model\.key|TrainSchema|AffineNormalizer\.txt|Calibrator\.txt))\z")]
    private static partial Regex Entry();

    // The column's name, then what makes a forest's votes a logit.
    [GeneratedRegex(@"^Scores => log\(\(([0-9]{1,5})f \+ s \+ 1f\) / \(\1f - s \+ 1f\)\)\z")]
    private static partial Regex Logit();
}
