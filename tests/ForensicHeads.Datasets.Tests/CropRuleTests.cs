namespace ForensicHeads.Datasets.Tests;

public class CropRuleTests
{
    [Fact]
    public void What_a_store_says_of_its_crops_gives_the_cropper_that_made_them()
    {
        var options = new FaceCropperOptions { FaceShare = 0.4, FaceCentre = 0.65 };
        var read = CropRule.Of(Ingestor.CropText(options), 96);
        Assert.Equal((96, 0.4, 0.65), (read.Size, read.FaceShare, read.FaceCentre));
    }

    [Fact]
    public void Rendered_heads_lie_lower_than_ingested_ones() =>
        Assert.True(CropRule.Of(CropRule.Procedural, 64).FaceCentre > CropRule.Of("", 64).FaceCentre);
}
