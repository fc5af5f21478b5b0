using ForensicHeads.Fuzz;
using System.Text;

namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>The fuzz targets, run without a fuzzer.</summary>
public sealed class FuzzTargetTests
{
    private const int Runs = 50;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Fact]
    public void Every_parser_of_ours_has_a_target() => Assert.Equal(
    [
        "consent", "detector-json", "evidence-log", "experiment", "manifest", "mp4-facts", "onnx-header", "parquet-index", "picture-facts",
            "safetensors", "split", "store-json", "tar-shard", "xmp",
    ], FuzzTargets.Names);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Good_files_are_read_and_mutants_read_or_refused(string name)
    {
        using var target = FuzzTargets.Open(name);
        var result = FuzzRun.Of(name, target, target.Seeds, Runs);
        Assert.True(result.Faults.Count == 0, string.Join("\n\n", result.Faults.Take(3)));
        Assert.Equal((target.Seeds.Count, Runs), (result.SeedsRead, result.Read + result.Refused));
        // Damage to XMP means that there is none; elsewhere something must be found out.
        Assert.True(result.Refused > 0 || name == "xmp", $"no mutant of {name} was refused");
    }

    [Fact]
    public void An_error_that_is_not_documented_is_a_fault_with_its_input()
    {
        using var target = new Careless();
        var kept = new List<byte[]>();
        var result = FuzzRun.Of("careless", target, target.Seeds, Runs, onFault: (input, _) => kept.Add(input));
        Assert.Equal((1, Runs), (result.SeedsRead, result.Read + result.Refused + result.Faults.Count));
        Assert.True(result.Read > 0 && result.Refused > 0 && result.Faults.Count > 0, $"{result}");
        Assert.All(result.Faults, fault => Assert.StartsWith(nameof(FormatException), fault, StringComparison.Ordinal));
        Assert.Equal(result.Faults.Count, kept.Count);
        Assert.All(kept, input => Assert.False(target.IsNumber(input)));
    }

    [Fact]
    public void One_draw_gives_the_same_mutants_and_another_gives_others()
    {
        byte[] seed = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        string Mutants(long draw) =>
            string.Concat(Enumerable.Range(0, 20).Select(i => Hashes.Of(new Mutator("same", seed, [[1, 2, 3]], draw).Mutant(i))));
        Assert.Equal(Mutants(1), Mutants(1));
        Assert.NotEqual(Mutants(1), Mutants(2));
    }

    /// <summary>Refuses short texts as it should, and trips over those that are no number.</summary>
    private sealed class Careless : FuzzTarget
    {
        public override IReadOnlyList<byte[]> Seeds => ["1234567890123"u8.ToArray()];

        public bool IsNumber(byte[] input) => System.Numerics.BigInteger.TryParse(Encoding.Latin1.GetString(input), out _);

        protected override void Read(byte[] input)
        {
            if (input.Length < 8) throw new UserErrorException("too short; give more");
            System.Numerics.BigInteger.Parse(Encoding.Latin1.GetString(input), System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
