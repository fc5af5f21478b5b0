using ForensicHeads.Testing;

namespace ForensicHeads.Experiments.Tests.Quality;

public class PublishedJudgeTests
{
    [Theory]
    [InlineData("mobileface-v2", 256, "recogniser of others and gives no features")]
    [InlineData("mobileface-v2", 64, "those of 64 px were enlarged for it")]
    [InlineData("dlib-resnet", 200, "takes faces as large as in frames of about 212 px")]
    [InlineData("dlib-resnet", 32, "Landmarks, KID and FID were not measured")]
    public void A_recogniser_of_real_faces_judges_by_its_name_and_the_notes_say_what_it_lacks(string name, int size, string note)
    {
        using var networks = FaceNetworks.Load(new QualitySource { Judge = name, Landmarks = null }, size, procedural: false,
            SharedData.Models);
        Assert.Equal(name, networks.Judge!.Name);
        Assert.Null(networks.Features);
        Assert.Contains(networks.Facts, fact => fact.Value == RecogniserDesign.ByName(name).Sha256);
        Assert.Contains(networks.Notes, one => one.Contains(note, StringComparison.Ordinal));
        Assert.DoesNotContain(networks.Notes, one => one.Contains("rendered heads alone", StringComparison.Ordinal));
    }

    [Fact]
    public void On_rendered_heads_a_note_says_what_its_identities_are_worth()
    {
        using var networks = FaceNetworks.Load(new QualitySource { Judge = "mobileface-v2", Landmarks = null }, 256, procedural: true,
            SharedData.Models);
        Assert.Contains(networks.Notes, one => one.Contains("learnt from filmed people", StringComparison.Ordinal));
        Assert.DoesNotContain(networks.Notes, one => one.Contains("enlarged for it", StringComparison.Ordinal));
    }
}
