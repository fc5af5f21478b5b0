using System.Globalization;
using System.Text.RegularExpressions;

namespace ForensicHeads.Experiments.Tests.Configuration;

/// <summary>Whom the shipped weights learnt from: in their files, in the default of the renderer, and on the card.</summary>
public partial class LearntWeightsTests
{
    [Fact]
    public void The_renderer_starts_at_people_whom_no_shipped_weights_learnt_from_and_the_card_lists_those_they_did()
    {
        var card = File.ReadAllText(Repository.At("datasets/procedural-heads/README.md"));
        var listed = Rows().Matches(card).SelectMany(row => row.Groups[1].Value.Split("`, `").Select(name => (name, row)))
            .ToDictionary(one => one.name, one => Ranges().Matches(one.row.Groups[2].Value).Select(range => new RenderedPeople(
                Number(one.row, 3), (int)Number(range, 1), (int)(Number(range, 2) - Number(range, 1)) + 1)));
        var files = Directory.GetFiles(Repository.At("src/ForensicHeads.Experiments/Weights"), "*.safetensors");
        Assert.Equal(files.Select(file => Path.GetFileNameWithoutExtension(file)).Order(), listed.Keys.Order());
        foreach (var file in files)
        {
            var learnt = LearntPeople.In(SafetensorsFile.ReadMetadata(file))!;
            Assert.NotEmpty(learnt.Rendered);
            Assert.Equal(listed[Path.GetFileNameWithoutExtension(file)], learnt.Rendered);
            Assert.All(learnt.Rendered, range => Assert.True(range.First + range.Count <= new ProceduralOptions().FirstIdentity, file));
        }
    }

    private static long Number(Match row, int group) => long.Parse(row.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `([^|]+)` \| people (\d+ to \d+(?: and \d+ to \d+)*) of seed (\d+) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"(\d+) to (\d+)")]
    private static partial Regex Ranges();
}
