namespace ForensicHeads.Datasets.Tests;

public class MethodTests
{
    [Theory]
    [InlineData("few-shot", Mode.Ft, "ft", true, "few-shot")]
    [InlineData(null, Mode.Ff, "ff", true, "few-shot")]
    [InlineData("affine-warp", null, "affine-warp", false, "affine-warp")]
    [InlineData("SomeNet", Mode.Ft, "SomeNet ft", false, "SomeNet")]
    [InlineData("Some Net", Mode.Ff, "Some Net ff", false, "Some Net")]
    public void Heads_of_another_generator_never_stand_on_the_curve_of_ours(
        string? generator, Mode? mode, string text, bool head, string name)
    {
        var method = new FrameOrigin { Label = Label.Generated, Generator = generator, Mode = mode }.Method!.Value;
        Assert.Equal((text, head, name), (method.ToString(), method.IsHead, method.Generator));
        Assert.Equal(method, Method.Of(text));
    }
}
